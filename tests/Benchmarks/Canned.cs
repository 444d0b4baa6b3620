using System.Globalization;
using System.Text;

namespace Cadenza.Benchmarks;

/// <summary>The responses of the server, created once in UTF-8, so that sending them costs almost nothing.</summary>
internal sealed class Canned
{
    /// <summary>The access token that every request must contain.</summary>
    public static readonly string Token = "made-up-benchmark-token-as-long-as-a-JWT-".PadRight(240, 'x');

    private const int RowsPerBlock = 1000;
    private const string ListStart = "{\"data\":[";
    private const string ResponseEnd = ",\"success\":true,\"errno\":0,\"error\":null}";

    private static readonly string[] Venues = ["BINANCE", "OKX", "BYBIT", "DERIBIT", "COINBASE"];
    private static readonly string[] Statuses =
        ["VERIFIED", "VERIFIED", "FAILED", "PENDING", "VERIFIED", "REVOKED", "VERIFIED"];

    private readonly List<byte[]> _blocks = [];
    private readonly List<byte[]> _accountBlocks = [];

    public static byte[] User { get; } = Encoding.UTF8.GetBytes(
        "{\"data\":{\"id\":\"910a2dec-8902-4cc1-beeb-8da1658eec67\",\"email\":\"bench@sandbox.example\","
        + "\"role\":\"user\"}" + ResponseEnd);

    public static string Id(int index) => string.Create(
        CultureInfo.InvariantCulture,
        $"{index:x8}-5ca1-4ab1-8ed0-{index * 2654435761L & 0xffffffffffff:x12}");

    /// <summary>The response to a revoke.</summary>
    public static byte[] Revoked(string id) =>
        Encoding.UTF8.GetBytes("{\"data\":" + Row(id, 0, "REVOKED") + ResponseEnd);

    /// <summary>The response to a list request, in blocks that are sent in order.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> List(int count) =>
        List(_blocks, count, static i => Row(Id(i), i, Statuses[i % Statuses.Length]));

    /// <summary>The response to a request for the trading accounts: one for each credential.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> ListAccounts(int count) => List(_accountBlocks, count, Account);

    private static IEnumerable<ReadOnlyMemory<byte>> List(List<byte[]> made, int count, Func<int, string> row)
    {
        yield return Encoding.UTF8.GetBytes(ListStart);
        byte[][] blocks = Blocks(made, count / RowsPerBlock, row);
        for (int i = 0; i < blocks.Length; i++)
        {
            // Every row except the first starts with a comma.
            yield return i == 0 ? blocks[0].AsMemory(1) : blocks[i];
        }

        if (count % RowsPerBlock > 0)
        {
            byte[] rest = Block(blocks.Length, count % RowsPerBlock, row);
            yield return rest.AsMemory(blocks.Length == 0 ? 1 : 0);
        }

        string pagination = $",\"pagination\":{{\"offset\":0,\"limit\":{count},\"total\":{count},\"hasNext\":false}}";
        yield return Encoding.UTF8.GetBytes("]" + pagination + ResponseEnd);
    }

    private static byte[] Block(int number, int rows, Func<int, string> row)
    {
        var text = new StringBuilder(300 * rows);
        for (int i = number * RowsPerBlock; i < (number * RowsPerBlock) + rows; i++)
        {
            text.Append(',').Append(row(i));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Row(string id, int index, string status) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"credentialId\":\"{id}\",\"venue\":\"{Venues[index % Venues.Length]}\",\"credentialType\":\"EXCHANGE\","
        + $"\"nickname\":\"Market making desk {index:d7}, sub-account of the Singapore book\",\"status\":\"{status}\","
        + $"\"identities\":[\"spot\",\"margin\"],\"createdAt\":{1739979045533L + index},"
        + $"\"updatedAt\":{1792355937870L + index}}}");

    private static string Account(int index) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"tradingAccountId\":\"{Id(index).Replace("5ca1", "acc0", StringComparison.Ordinal)}\","
        + $"\"venue\":\"{Venues[index % Venues.Length]}\",\"nickname\":\"Market making desk {index:d7} SPOT\","
        + $"\"accountType\":\"SPOT\",\"credentials\":[{Row(Id(index), index, Statuses[index % Statuses.Length])}],"
        + $"\"status\":\"ACTIVE\",\"createdAt\":{1739979045533L + index}}}");

    private static byte[][] Blocks(List<byte[]> made, int count, Func<int, string> row)
    {
        lock (made)
        {
            while (made.Count < count)
            {
                made.Add(Block(made.Count, RowsPerBlock, row));
            }

            return [.. made[..count]];
        }
    }
}
