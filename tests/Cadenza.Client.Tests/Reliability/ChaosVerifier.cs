namespace Cadenza.Client.Tests.Reliability;

/// <summary>Compares what was reported with the server's true state.</summary>
internal static class ChaosVerifier
{
    public static void Verify(ChaosSchedule schedule)
    {
        SandboxState after = schedule.Sandbox.GetState();
        VerifyChanges(after, schedule.Operations, schedule.Options.MaxRetries);
        foreach (ChaosOperation list in schedule.Operations.Where(static operation => operation.Kind == ChaosKind.List))
        {
            VerifyList(list, schedule.Before, after);
        }
    }

    /// <summary>Judges operations whose only common ground is the server.</summary>
    public static void VerifyChanges(SandboxState after, IEnumerable<ChaosOperation> operations, int maxRetries)
    {
        Dictionary<string, SandboxCredential> now = after.Credentials.ToDictionary(static c => c.CredentialId);
        foreach (ChaosOperation operation in operations)
        {
            Assert.True(operation.Reports == 1, $"{operation} was reported {operation.Reports} times.");
            switch (operation.Kind)
            {
                case ChaosKind.Rotate:
                    VerifyRotate(operation, now[operation.Target!.CredentialId]);
                    break;
                case ChaosKind.Revoke:
                    VerifyRevoke(operation, now[operation.Target!.CredentialId]);
                    break;
                case ChaosKind.Create:
                    VerifyCreate(operation, after);
                    break;
            }

            Assert.True(
                operation.Error is null || operation.Error.Attempts <= maxRetries + 2,
                $"{operation} took too many attempts.");
        }
    }

    private static void VerifyRotate(ChaosOperation operation, SandboxCredential now)
    {
        bool isChanged = now.Fingerprint == operation.Fingerprint;
        if (VerifyOutcome(operation, isChanged, !isChanged && now.Changes == operation.Target!.Changes))
        {
            Assert.Equal(operation.Target!.CredentialId, operation.Changed!.CredentialId);
        }
    }

    private static void VerifyRevoke(ChaosOperation operation, SandboxCredential now)
    {
        if (VerifyOutcome(operation, now.IsRevoked, now.Changes == operation.Target!.Changes))
        {
            Assert.Equal("REVOKED", operation.Changed!.Status);
        }
    }

    private static void VerifyCreate(ChaosOperation operation, SandboxState after)
    {
        List<SandboxCredential> made = [.. after.Credentials.Where(c => c.Fingerprint == operation.Fingerprint)];
        Assert.True(made.Count <= 1, $"{operation}, and the server has {made.Count} of it.");
        if (VerifyOutcome(operation, made.Count == 1, made.Count == 0))
        {
            Assert.Equal(made[0].CredentialId, operation.Changed!.CredentialId);
        }
    }

    /// <summary>Compares an outcome with what the server did. Returns whether the operation succeeded.</summary>
    private static bool VerifyOutcome(ChaosOperation operation, bool isDone, bool isUnchanged)
    {
        if (operation.Error is null)
        {
            Assert.True(isDone, $"{operation}, but the server did not do it.");
        }
        else if (operation.Error.Outcome is RequestOutcome.Rejected or RequestOutcome.NotSent)
        {
            Assert.True(isUnchanged, $"{operation}, but the server did it.");
        }
        else
        {
            Assert.Equal(RequestOutcome.Unknown, operation.Error.Outcome);
        }

        return operation.Error is null;
    }

    /// <summary>What was there all the time is listed exactly once; without an error nothing is missing.</summary>
    private static void VerifyList(ChaosOperation operation, SandboxState before, SandboxState after)
    {
        List<string> listed = [.. operation.Rows.Select(static row => row.Credential?.CredentialId).OfType<string>()];
        Assert.Equal(listed.Count, listed.Distinct().Count());
        HashSet<string> known = after.Credentials.Select(static c => c.CredentialId).ToHashSet();
        Assert.All(listed, id => Assert.Contains(id, known));
        bool isComplete =
            operation.Error is null && operation.Rows.TrueForAll(static row => row.Credential is not null);
        IEnumerable<string> missing = before.Credentials.Select(static c => c.CredentialId).Except(listed);
        Assert.True(!isComplete || !missing.Any(), $"{operation}, but some are missing: {string.Join(", ", missing)}");
    }
}
