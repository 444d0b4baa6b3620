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
    private readonly ValueSet? _statuses;
    private readonly ValueSet? _venues;
    private readonly ValueSet? _types;
    private readonly ValueSet? _nicknames;

    private UnknownValues(CredentialFilter filter)
    {
        ExpectedValues expected = filter.Expected;
        _statuses = ValueSet.Of(filter.Statuses.Concat(expected.Statuses), CredentialStatus.Known, expected.Matches);
        _venues = ValueSet.Of(expected.Venues, Venues.Known, expected.Matches);
        _types = ValueSet.Of(
            filter.CredentialTypes.Concat(expected.CredentialTypes), CredentialTypes.Known, expected.Matches);

        // With ids, the list does not show which nicknames there are.
        _nicknames = ValueSet.Of(
            filter.CredentialIds.Count > 0 ? [] : expected.Nicknames, [], expected.Matches);
    }

    /// <summary>Whether the nickname of each credential is needed.</summary>
    public bool RequireNicknames => _nicknames is not null;

    /// <summary>
    /// Returns the unknown values of a filter, or null if there are none. Only the whole list shows whether a
    /// credential has each of them, not a list that the server filters.
    /// </summary>
    public static UnknownValues? Find(CredentialFilter filter)
    {
        ExpectedValues expected = filter.Expected;
        int count = filter.Statuses.Count + expected.Statuses.Count + expected.Venues.Count
            + filter.CredentialTypes.Count + expected.CredentialTypes.Count + expected.Nicknames.Count;
        if (count == 0)
        {
            return null;
        }

        var values = new UnknownValues(filter);
        bool hasUnknown = values is not { _statuses: null, _venues: null, _types: null, _nicknames: null };
        return hasUnknown ? values : null;
    }

    /// <summary>Records the values of a credential.</summary>
    [MethodImpl(HotPath.Optimized)]
    public void Observe(CredentialTraits traits)
    {
        _statuses?.Observe(traits.Status);
        _venues?.Observe(traits.Venue);
        _types?.Observe(traits.CredentialType);
    }

    /// <summary>Records the nickname of a credential.</summary>
    public void ObserveNickname(string? nickname) => _nicknames?.Observe(nickname);

    /// <summary>Returns one warning for each value that no credential has.</summary>
    public IEnumerable<string> CreateWarnings() =>
        Describe("status", "statuses", _statuses)
            .Concat(Describe("venue", "venues", _venues))
            .Concat(Describe("credential type", "credential types", _types))
            .Concat((_nicknames?.Missing ?? []).Select(static value =>
                Messages.UnknownNickname(TextSanitizer.Sanitize(value))));

    private static IEnumerable<string> Describe(string noun, string nouns, ValueSet? values)
    {
        if (values is null)
        {
            return [];
        }

        string existing = string.Join(
            ", ", values.Existing.OrderBy(static name => name, StringComparer.Ordinal).Select(TextSanitizer.Sanitize));
        return values.Missing.Select(value =>
            Messages.UnknownValue(noun, TextSanitizer.Sanitize(value), nouns, existing));
    }

    /// <summary>The values of one property.</summary>
    private sealed class ValueSet
    {
        /// <summary>The maximum number of existing values that a warning names.</summary>
        private const int MaxNamed = 32;

        private readonly HashSet<string> _existing = new(StringComparer.OrdinalIgnoreCase);
        private readonly List<string> _missing;

        private readonly Func<string, string, bool> _matches;

        private ValueSet(List<string> missing, Func<string, string, bool> matches)
        {
            _missing = missing;
            _matches = matches;
        }

        public IEnumerable<string> Missing => _missing;

        public IEnumerable<string> Existing => _existing;

        /// <summary>Returns the expected values that are not known, or null if there are none.</summary>
        public static ValueSet? Of(
            IEnumerable<string> expected, IReadOnlyList<string> known, Func<string, string, bool> matches)
        {
            List<string> missing = [.. expected
                .Where(value => !known.Contains(value, StringComparer.OrdinalIgnoreCase))
                .Distinct(StringComparer.OrdinalIgnoreCase)];
            return missing.Count == 0 ? null : new ValueSet(missing, matches);
        }

        public void Observe(string? value)
        {
            if (value is null)
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
