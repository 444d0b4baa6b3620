namespace System.Runtime.CompilerServices;

/// <summary>
/// Attributes for methods that run once for each row of a list. A short list runs code that is compiled quickly and not
/// optimized. A long list continues after <see cref="ShortList"/> rows with methods whose first compilation is
/// optimized, because a process that lists once ends before the runtime would optimize them.
/// </summary>
internal static class HotPath
{
    /// <summary>
    /// The number of rows up to which a list is short: the optimized methods take longer to compile than these rows to
    /// read.
    /// </summary>
    public const int ShortList = 200;

    /// <summary>For methods that only long lists call. AggressiveOptimization, not defined by netstandard2.0.</summary>
    public const MethodImplOptions Optimized = (MethodImplOptions)512;

    /// <summary>For methods of every list. They become part of the optimized method that calls them.</summary>
    public const MethodImplOptions Inlined = MethodImplOptions.AggressiveInlining;
}
