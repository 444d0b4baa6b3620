using System;
using System.Collections.Generic;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;

namespace Cadenza.Client.Operations;

/// <summary>The forms of a creation to try: the names of its members and its type.</summary>
internal sealed class CreateForms(IReadOnlyList<MemberNames> names, IReadOnlyList<string?> types)
{
    private const long InvalidArgument = 22015;
    private const long InvalidForm = 19004;
    private const long InvalidRequest = 19001;

    private int _name;
    private int _type;

    /// <summary>The names of the members.</summary>
    public MemberNames Names => names[_name];

    /// <summary>The type, or null to send none.</summary>
    public string? Type => types[_type];

    /// <summary>
    /// Moves to the next form if the server definitely rejected this one because of its form. Returns false otherwise,
    /// or if there is no other form.
    /// </summary>
    public bool MoveNext(ApiException failure)
    {
        if (failure is not { Kind: CadenzaErrorKind.InvalidRequest, Outcome: RequestOutcome.Rejected })
        {
            return false;
        }

        long code = Math.Abs(failure.Errno ?? 0);
        bool isAboutType = code == InvalidArgument || (code == InvalidForm && Type is null);
        if (isAboutType && _type + 1 < types.Count)
        {
            _type++;
            return true;
        }

        if (code is InvalidForm or InvalidRequest && _name + 1 < names.Count)
        {
            _name++;
            return true;
        }

        if (code == InvalidForm && _type + 1 < types.Count)
        {
            _type++;
            return true;
        }

        return false;
    }
}
