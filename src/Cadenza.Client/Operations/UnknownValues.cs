using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Client.Operations;

/// <summary>Finds the expected values that neither the API documents nor a credential of a list has.</summary>
internal sealed class UnknownValues
{
    private readonly ValueSet _statuses;
    private readonly ValueSet _venues;
    private readonly ValueSet _types;
    private readonly ValueSet _nicknames;

    public UnknownValues(CredentialFilter filter)
    {
        ExpectedValues expected = filter.Expected;
        _statuses = new(filter.Statuses.Concat(expected.Statuses), CredentialStatus.Known, expected.Matches);
        _venues = new(expected.Venues, Venues.Known, expected.Matches);
        _types = new(filter.CredentialTypes.Concat(expected.CredentialTypes), CredentialTypes.Known, expected.Matches);

        // With ids, the list does not show which nicknames there are.
        _nicknames = new(filter.CredentialIds.Count > 0 ? [] : expected.Nicknames, [], expected.Matches);
    }

    /// <summary>
    /// Whether only the whole list shows whether a credential has each value, not a list that the server filters.
    /// </summary>
    public bool RequireWholeList =>
        _statuses.HasUnknown || _venues.HasUnknown || _types.HasUnknown || _nicknames.HasUnknown;

    /// <summary>Whether the nickname of each credential is needed.</summary>
    public bool RequireNicknames => _nicknames.HasUnknown;

    /// <summary>Records the values of a credential.</summary>
    [MethodImpl(HotPath.Optimized)]
    public void Observe(CredentialTraits traits)
    {
        _statuses.Observe(traits.Status);
        _venues.Observe(traits.Venue);
        _types.Observe(traits.CredentialType);
    }

    /// <summary>Records the nickname of a credential.</summary>
    public void ObserveNickname(string? nickname) => _nicknames.Observe(nickname);

    /// <summary>Returns one warning for each value that no credential has.</summary>
    public IEnumerable<string> CreateWarnings() =>
        _statuses.Missing.Select(value => Describe("status", value, "statuses", _statuses))
            .Concat(_venues.Missing.Select(value => Describe("venue", value, "venues", _venues)))
            .Concat(_types.Missing.Select(value => Describe("credential type", value, "credential types", _types)))
            .Concat(_nicknames.Missing.Select(static value =>
                Messages.UnknownNickname(TextSanitizer.Sanitize(value))));

    private static string Describe(string noun, string value, string nouns, ValueSet values)
    {
        string existing = string.Join(
            ", ", values.Existing.OrderBy(static name => name, StringComparer.Ordinal).Select(TextSanitizer.Sanitize));
        return Messages.UnknownValue(noun, TextSanitizer.Sanitize(value), nouns, existing);
    }

    /// <summary>The values of one property.</summary>
    private sealed class ValueSet
    {
        /// <summary>The maximum number of existing values that a warning names.</summary>
        private const int MaxNamed = 32;

        private readonly HashSet<string> _existing = new(StringComparer.OrdinalIgnoreCase);
        private readonly List<string> _missing;

        private readonly Func<string, string, bool> _matches;

        public ValueSet(
            IEnumerable<string> expected, IReadOnlyList<string> known, Func<string, string, bool> matches)
        {
            _matches = matches;
            _missing = [.. expected
                .Where(value => !known.Contains(value, StringComparer.OrdinalIgnoreCase))
                .Distinct(StringComparer.OrdinalIgnoreCase)];
            HasUnknown = _missing.Count > 0;
        }

        public bool HasUnknown { get; }

        public IEnumerable<string> Missing => _missing;

        public IEnumerable<string> Existing => _existing;

        public void Observe(string? value)
        {
            if (!HasUnknown || value is null)
            {
                return;
            }

            // Most lists repeat few values, so the search for a new one is rare.
            bool isNew = _existing.Count < MaxNamed ? _existing.Add(value) : !_existing.Contains(value);
            if (isNew)
            {
                RemoveMissing(value);
            }
        }

        /// <summary>A method of its own, because its closure would be allocated for each observed value.</summary>
        private void RemoveMissing(string value) =>
            _missing.RemoveAll(missing => _matches(missing, value));
    }
}
