namespace System.Runtime.CompilerServices;

/// <summary>For methods that run once for each row of a list.</summary>
internal static class HotPath
{
    /// <summary>
    /// AggressiveOptimization, which netstandard2.0 does not define: the first compilation of the method is optimized.
    /// A process that lists once and ends would otherwise run unoptimized code for most of the list.
    /// </summary>
    public const MethodImplOptions Optimized = (MethodImplOptions)512;
}
