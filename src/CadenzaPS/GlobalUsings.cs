// PowerShell has an interface of this name too; the cmdlets implement ours.
global using ICommandRuntime = Cadenza.Commands.ICommandRuntime;
