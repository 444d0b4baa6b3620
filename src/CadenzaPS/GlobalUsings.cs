// PowerShell has an interface with the same name.
global using ICommandRuntime = Cadenza.Commands.ICommandRuntime;
