namespace Cadenza.Commands.Tests.Journal.Model;

/// <summary>
/// What must be true about the journal at any time: it only grows, the product reads all complete lines of it, it
/// contains no secret, and what it says about a change is true on the server of that change.
/// </summary>
internal sealed class JournalRules(ModelSystem system)
{
    private static readonly byte[] SecretMark = Encoding.UTF8.GetBytes(ModelItem.SecretMark);

    /// <summary>Verifies the journal.</summary>
    /// <param name="before">The journal as it was verified before.</param>
    /// <param name="now">The journal.</param>
    public void Verify(JournalCopy? before, JournalCopy now)
    {
        ReadOnlySpan<byte> bytes = now.Bytes;
        ReadOnlySpan<byte> old = before is null ? [] : before.Bytes;
        if (!bytes.SequenceEqual(old))
        {
            // A beginning that is too short to show that the file is a journal is removed.
            bool isContinued = bytes.StartsWith(old) || old.Length < 5;
            system.Check(isContinued, "Something else than the end of the journal was changed.");
            VerifyReader(now);
            VerifySecrets(bytes);
        }

        foreach (ModelServer server in system.Servers)
        {
            server.Observe();
            foreach (ModelItem item in server.Items)
            {
                VerifyItem(server, item, now);
            }
        }
    }

    private void VerifyReader(JournalCopy now)
    {
        var badLines = new List<long>();
        IReadOnlyList<JournalEntry> entries = ChangeJournal.Read(system.JournalPath, badLines.Add);
        system.Check(
            badLines.SequenceEqual(now.BadLines), "The reader does not report exactly the lines that cannot be read.");
        system.Check(
            entries.Select(static entry => (entry.Line, entry.RunId))
                .SequenceEqual(now.Lines.Select(static line => (line.Number, line.Run))),
            "The reader does not return all complete lines.");
    }

    private void VerifySecrets(ReadOnlySpan<byte> bytes)
    {
        system.Check(bytes.IndexOf(SecretMark) < 0, "The journal contains a secret.");
        foreach (ModelServer server in system.Servers)
        {
            system.Check(bytes.IndexOf(Encoding.UTF8.GetBytes(server.Token)) < 0, "The journal contains a token.");
        }
    }

    private void VerifyItem(ModelServer server, ModelItem item, JournalCopy now)
    {
        ChangeState state = now.StateOf(item.Key, system.IsActive);
        bool isMade = server.HasMade(item);
        if (!isMade && state == ChangeState.Made)
        {
            system.Fail($"The journal says that {item} was made, but it was not.");
        }

        // The server rejects the rotation of a revoked credential, whose keys may have been rotated before.
        if (isMade && state == ChangeState.NotMade && !system.IsUnclear(item)
            && !(item.Action == ChangeAction.Rotate && server.IsRevoked(item) && now.LinesOf(item.Key).Any()))
        {
            system.Fail($"The journal does not say that {item} may have been made, but it was.");
        }
    }
}
