using System.Collections.Generic;
using System.Linq;
using Cadenza.Audit.Rules;

namespace Cadenza.Audit.Report;

/// <summary>The values of the columns that have few distinct values.</summary>
internal sealed class ColumnValues(IReadOnlyList<AuditedCredential> rows)
{
    public ValueIndex Venues { get; } = new(rows.Select(static row => row.Credential.Venue));

    public ValueIndex Types { get; } = new(rows.Select(static row => row.Credential.CredentialType));

    public ValueIndex Statuses { get; } = new(rows.Select(static row => row.Credential.Status));
}
