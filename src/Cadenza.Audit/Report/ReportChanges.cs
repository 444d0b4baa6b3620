using System;
using System.Collections.Generic;

namespace Cadenza.Audit.Report;

/// <summary>The changes since an earlier report.</summary>
/// <param name="Server">The server that the state is of.</param>
/// <param name="Since">The time of the earlier list; null if there is none to compare with.</param>
/// <param name="Changes">The changes; null if they are not known, because the list is incomplete.</param>
internal sealed record ReportChanges(string Server, DateTimeOffset? Since, IReadOnlyList<ReportedChange>? Changes);
