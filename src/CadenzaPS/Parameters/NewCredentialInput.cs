using System.Management.Automation;
using Cadenza.Client.Models;
using Cadenza.Client.Text;
using CadenzaPS.Errors;

namespace CadenzaPS.Parameters;

/// <summary>The venue, nickname and type of new credentials, from the command line or from each row.</summary>
internal sealed class NewCredentialInput
{
    private readonly PSCmdlet _cmdlet;
    private readonly string? _venue;
    private readonly string? _nickname;
    private readonly string? _type;
    private long _objects;

    /// <summary>Creates the input from the command line, before the first pipeline object.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="venue">The value of -Venue; null if it was not specified.</param>
    /// <param name="nickname">The value of -Nickname; null if it was not specified.</param>
    /// <param name="type">The value of -CredentialType; null if it was not specified.</param>
    /// <param name="hasExplicitKeys">Whether the command line specifies keys.</param>
    public NewCredentialInput(PSCmdlet cmdlet, string? venue, string? nickname, string? type, bool hasExplicitKeys)
    {
        _cmdlet = cmdlet;
        _venue = venue;
        _nickname = nickname;
        _type = type;
        Columns = KeyColumns.ForCreation(hasExplicitKeys, venue is not null);
    }

    /// <summary>The columns of the rows.</summary>
    public InputColumns Columns { get; }

    /// <summary>Returns the credential to create and its type, or what is wrong with them.</summary>
    public (CredentialReference Item, string? CredentialType, string? Fault) Read(PSObject? row)
    {
        _objects++;
        (string? venue, string? venueFault) = Combine("Venue", _venue, row);
        (string? nickname, string? nicknameFault) = Combine("Nickname", _nickname, row);
        (string? type, string? typeFault) = Combine("CredentialType", _type, row);
        string? fault = venueFault ?? nicknameFault ?? typeFault ?? (venue is null ? "it has no venue." : null);
        string origin = (venue, nickname) switch
        {
            (null, null) => row is null ? "a credential" : PipelineItem.Read(row, _objects).Origin ?? "a credential",
            (null, _) => $"a credential {DisplayName.Quote(nickname!)}",
            (_, null) => $"a credential for {DisplayName.FormatVenue(venue!)}",
            _ => $"{DisplayName.FormatVenue(venue!)} {DisplayName.Quote(nickname!)}",
        };
        return (new CredentialReference(null, venue, nickname, origin) { Number = _objects }, type, fault);
    }

    private (string? Text, string? Fault) Combine(string name, string? argument, PSObject? row)
    {
        string? typed = argument;
        if (UnusableArgument.Find(argument) is UnusableArgument unusable)
        {
            typed = unusable.Number is object number ? CommandLineLiteral.Find(_cmdlet, name, number) : null;
            if (typed is null)
            {
                return (null, InputMessages.UnusableValue(name, unusable.Fault));
            }
        }

        string? field = TextTransformationAttribute.Read(PipelineItem.ValueOf(row, name));
        if (UnusableArgument.Find(field) is UnusableArgument unusableField)
        {
            return (null, $"the {name} {unusableField.Fault}.");
        }

        typed = string.IsNullOrWhiteSpace(typed) ? null : typed;
        field = string.IsNullOrWhiteSpace(field) ? null : field;
        return typed is not null && field is not null && typed != field
            ? (null, InputMessages.DifferentValues(name))
            : (typed ?? field, null);
    }
}
