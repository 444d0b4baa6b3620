namespace Cadenza.Client.Security;

/// <summary>What is wrong with API keys. Contains no part of a key.</summary>
/// <param name="Part">The part that is wrong.</param>
/// <param name="Level">How serious it is.</param>
/// <param name="Description">What is wrong, as a predicate, such as "ends with a line break".</param>
internal sealed record KeyIssue(KeyPart Part, KeyIssueLevel Level, string Description);
