using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CadenzaPS.Errors;

namespace CadenzaPS.Parameters;

/// <summary>
/// Checks the columns of rows once for all rows that have the same columns. A wrong header or delimiter is one error,
/// not one for each row.
/// </summary>
/// <param name="required">The columns that a row must have; each element lists alternatives.</param>
/// <param name="read">The columns that the command reads.</param>
internal sealed class InputColumns(IReadOnlyList<string[]> required, IReadOnlyCollection<string> read)
{
    private static readonly string[] None = [];

    private string? _header;
    private string? _fault;
    private string[] _present = [];
    private bool _isReported;
    private string _missing = "";
    private IReadOnlyList<(string Column, string Parameter)> _unread = [];

    /// <summary>Checks the columns of an item.</summary>
    /// <returns>Null if they can be used, or if the item is not a row.</returns>
    public ColumnFault? Check(PSObject? item)
    {
        string[]? columns = ColumnsOf(item);
        if (columns is null)
        {
            _header = null;
            _unread = [];
            _fault = null;
            return null;
        }

        string header = string.Join("\n", columns);
        bool isRepeated = header == _header;
        if (!isRepeated)
        {
            _header = header;
            _present = columns;
            _isReported = false;
            _unread = FindUnread(columns);
            string[]? missing = required.FirstOrDefault(names => !names.Any(name => Contains(columns, name)));
            _fault = missing is null ? null
                : InputMessages.MissingColumn(
                    missing[0], ColumnNames.AreNames(columns) ? columns : None, ColumnNames.FindDelimiter(columns),
                    columns.Length, _unread);
            _missing = missing?[0] ?? "";
        }

        return _fault is null ? null : new ColumnFault(_fault, isRepeated, _missing);
    }

    /// <summary>Returns the columns of the current rows that are not read, and what they should be named.</summary>
    public IReadOnlyList<(string Column, string Parameter)> Unread => _fault is null ? _unread : [];

    /// <summary>
    /// Returns the warnings about columns that are not read, unless the previous row had the same columns.
    /// </summary>
    public IReadOnlyList<string> TakeWarnings()
    {
        string[] warnings = _isReported
            ? []
            : [.. Unread.Where(entry => !_present.Contains(entry.Parameter, StringComparer.OrdinalIgnoreCase))
                .Select(static entry => InputMessages.UnreadColumnWarning(entry.Column, entry.Parameter))];
        _isReported = true;
        return warnings;
    }

    /// <summary>
    /// Returns an unread column of the row whose value is needed, because the column to use has none.
    /// </summary>
    public (string Column, string Parameter)? FindLost(PSObject? item)
    {
        foreach ((string column, string parameter) in Unread)
        {
            if (PipelineItem.HasMember(item, column) && !PipelineItem.HasMember(item, parameter))
            {
                return (column, parameter);
            }
        }

        return null;
    }

    private static string[]? ColumnsOf(PSObject? item) => item?.BaseObject switch
    {
        PSCustomObject => [.. item.Properties.Select(static property => property.Name)],
        IDictionary dictionary => [.. dictionary.Keys.Cast<object>().Select(static key => key as string ?? "")],
        _ => null,
    };

    private static bool Contains(IEnumerable<string> columns, string name) =>
        columns.Contains(name, StringComparer.OrdinalIgnoreCase);

    private List<(string Column, string Parameter)> FindUnread(string[] columns) =>
    [
        .. columns
            .Where(column => !Contains(read, column) && !column.Equals("Id", StringComparison.OrdinalIgnoreCase))
            .Select(static column => (Column: column, Parameter: ColumnNames.MeaningOf(column)))
            .Where(entry => entry.Parameter is not null && Contains(read, entry.Parameter))
            .Select(static entry => (entry.Column, entry.Parameter!)),
    ];
}
