using System;

namespace Cadenza.Commands.Watching;

/// <summary>A state file was written by a newer version of this module.</summary>
internal sealed class NewerStateException : Exception;
