using System.Text.Json;
using Cadenza.Sandbox.State;

namespace Cadenza.Sandbox.Dialects;

/// <summary>Writes trading accounts. Their form is the same in every dialect; the credential inside has the form of the
/// dialect.</summary>
internal sealed class AccountWriter(Dialect dialect)
{
    public void Write(Utf8JsonWriter json, TradingAccount account) => Write(json, account, account.Status);

    /// <summary>Writes the account with another status.</summary>
    public void Write(Utf8JsonWriter json, TradingAccount account, string status)
    {
        Credential credential = account.Credential;
        string external = account.Id.ToString("N").Substring(0, 12);
        json.WriteStartObject();
        json.WriteString("tradingAccountId"u8, account.Id);
        json.WriteString("externalTradingAccountId"u8, external);
        json.WriteString("venue"u8, credential.Venue);
        json.WriteString("nickname"u8, (credential.Nickname ?? credential.Venue) + " " + account.AccountType);
        json.WriteString("accountType"u8, account.AccountType);
        json.WriteString("externalAccountType"u8, account.AccountType);
        json.WriteString("positionMode"u8, "NETTING"u8);
        json.WriteString("collateralMode"u8, "CROSS"u8);
        json.WriteString("marginMode"u8, "CROSS"u8);
        json.WriteStartArray("credentials"u8);
        dialect.Write(json, credential);
        json.WriteEndArray();
        json.WriteString("status"u8, status);
        WriteTime(json, "createdAt", "createdAtDateTime", credential.CreatedAt);
        WriteTime(json, "updatedAt", "updatedAtDateTime", account.UpdatedAt);
        json.WriteEndObject();
    }

    private void WriteTime(Utf8JsonWriter json, string name, string isoName, long milliseconds)
    {
        if (dialect.WritesIsoTimes)
        {
            Times.Write(json, name, isoName, milliseconds);
        }
        else
        {
            json.WriteNumber(name, milliseconds);
        }
    }
}
