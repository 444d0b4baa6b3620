namespace Cadenza.Commands.Tests.Support;

/// <summary>Thrown by a test runtime to stop a command, as PowerShell does when its pipeline stops.</summary>
internal sealed class StoppedException : Exception;
