using System;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using CadenzaPS.Errors;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>
/// Sets the keys of the command line on one credential only: holds the first change until the end of the input, and
/// rejects all if there are more.
/// </summary>
/// <param name="changes">The changes of the command.</param>
/// <param name="isActive">Whether keys of the command line may meet several credentials without -Force.</param>
internal sealed class SharedKeyGate(ChangeSession changes, bool isActive)
{
    private (CredentialReference Item, ChangeRequest Request, Func<CredentialReference, string?> FindKeyFault)? _held;
    private bool _hasMany;

    /// <summary>Processes a change at once, or holds it.</summary>
    public void Process(
        CredentialReference item, ChangeRequest request, Func<CredentialReference, string?> findKeyFault)
    {
        if (!isActive)
        {
            changes.Process(item, request, findKeyFault);
        }
        else if (_held is null && !_hasMany)
        {
            _held = (item, request, findKeyFault);
        }
        else
        {
            _hasMany = true;
            if (_held is { } held)
            {
                _held = null;
                Reject(held.Item);
            }

            Reject(item);
        }
    }

    /// <summary>Processes the change that was held, if it is the only one.</summary>
    public void Complete()
    {
        if (_held is { } held)
        {
            _held = null;
            changes.Process(held.Item, held.Request, held.FindKeyFault);
        }
    }

    private void Reject(CredentialReference item) =>
        changes.Reject(CadenzaErrorKind.InvalidKeys, item, InputMessages.SharedKeys);
}
