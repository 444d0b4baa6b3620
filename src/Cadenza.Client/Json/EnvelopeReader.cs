using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Security;

namespace Cadenza.Client.Json;

/// <summary>
/// Reads a response as it arrives and returns each element of <c>data</c> as soon as it is complete, in any order of
/// the envelope's members. A single object is the only element. The memory is bounded by the largest element.
/// </summary>
internal sealed class EnvelopeReader : IDisposable
{
    private readonly ResponseBuffer _buffer;
    private readonly EnvelopeLimits _limits;
    private readonly SecretRedactor _redactor;
    private Position _position = Position.BeforeRoot;
    private ArrayPlace _place;
    private long _elements;
    private JsonReaderState _state;

    /// <summary>Creates a reader of a body that is still arriving.</summary>
    public EnvelopeReader(Stream stream, EnvelopeLimits limits, SecretRedactor redactor)
        : this(new ResponseBuffer(stream, limits), limits, redactor)
    {
    }

    /// <summary>Creates a reader of a complete body.</summary>
    public EnvelopeReader(ReadOnlySpan<byte> body, EnvelopeLimits limits, SecretRedactor redactor)
        : this(new ResponseBuffer(body, limits), limits, redactor) => SkipByteOrderMark();

    private EnvelopeReader(ResponseBuffer buffer, EnvelopeLimits limits, SecretRedactor redactor)
    {
        _buffer = buffer;
        _limits = limits;
        _redactor = redactor;
        _state = new JsonReaderState(new JsonReaderOptions { MaxDepth = limits.MaxDepth });
    }

    private enum Position
    {
        BeforeRoot,
        InRoot,
        InData,
        AfterRoot,
    }

    /// <summary>The position in the data array, whose commas the reader checks itself.</summary>
    private enum ArrayPlace
    {
        AtStart,
        AfterElement,
        AfterComma,
    }

    /// <summary>The members of the envelope read so far. Complete after <see cref="ReadStep.End"/>.</summary>
    public Envelope Envelope { get; } = new();

    /// <summary>The number of bytes received so far.</summary>
    public long Received => _buffer.Received;

    /// <summary>
    /// The bytes of the current element. Valid until the next step. If the body is still arriving, only the end of the
    /// element was searched, and the caller validates its JSON.
    /// </summary>
    public ReadOnlySpan<byte> Current => _buffer.Slice(CurrentStart, CurrentLength);

    private int CurrentStart { get; set; }

    private int CurrentLength { get; set; }

    /// <summary>Moves to the next element of a complete body. Returns false at the end.</summary>
    public bool MoveNext() => Advance() == ReadStep.Element;

    /// <summary>Zeroes and returns the buffer.</summary>
    public void Dispose() => _buffer.Dispose();

    /// <summary>Reads to the next element, the end of the body or the end of the received bytes.</summary>
    /// <exception cref="JsonException">The body is not JSON or ends early.</exception>
    // Not inlined: the loop that calls it is optimized while it runs, and would wait for all of this to be compiled.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ReadStep Advance() => _elements > HotPath.ShortList ? AdvanceOptimized() : AdvanceCore();

    [MethodImpl(HotPath.Optimized)]
    private ReadStep AdvanceOptimized() => AdvanceCore();

    [MethodImpl(HotPath.Inlined)]
    private ReadStep AdvanceCore()
    {
        if (!_buffer.IsFinal && _position == Position.BeforeRoot && "\uFEFF"u8.StartsWith(_buffer.Unread))
        {
            // Possibly the start of a byte order mark, which Utf8JsonReader rejects.
            return ReadStep.NeedsMore;
        }

        while (true)
        {
            // A step that needs more input consumes nothing and starts again from here.
            ReadStep? step = _position == Position.InData ? StepInData() : StepsInRoot();
            if (step is ReadStep result)
            {
                return result;
            }
        }
    }

    /// <summary>
    /// Finds the elements of the data array. Utf8JsonReader sees only the start and end of the array.
    /// </summary>
    [MethodImpl(HotPath.Inlined)]
    private ReadStep? StepInData()
    {
        ReadOnlySpan<byte> rest = _buffer.Unread;
        _buffer.Consume(ElementScanner.CountWhiteSpace(rest));
        rest = _buffer.Unread;
        if (rest.IsEmpty)
        {
            return NeedsMore();
        }

        bool isAfterElement = _place == ArrayPlace.AfterElement;
        switch (rest[0])
        {
            case (byte)',' when isAfterElement:
                _buffer.Consume(1);
                _place = ArrayPlace.AfterComma;
                return null;
            case (byte)']' when _place != ArrayPlace.AfterComma:
                var reader = new Utf8JsonReader(rest.Slice(0, 1), isFinalBlock: false, _state);
                reader.Read();
                _position = Position.InRoot;
                _buffer.Consume(1);
                _state = reader.CurrentState;
                return null;
            case (byte)',' or (byte)']':
                throw new JsonException("an element is missing");
            default:
                return isAfterElement ? throw new JsonException("a comma is missing")
                    : ReadElement(rest) ? ReadStep.Element
                    : NeedsMore();
        }
    }

    [MethodImpl(HotPath.Inlined)]
    private bool ReadElement(ReadOnlySpan<byte> rest)
    {
        bool isScanned = rest[0] == '{';
        int length = isScanned ? ElementScanner.FindObjectEnd(rest) : FindValueEnd(rest);
        if (length < 0)
        {
            return false;
        }

        // Callers with a complete body rely on valid JSON.
        if (isScanned && !_buffer.IsStreaming && FindValueEnd(rest.Slice(0, length)) != length)
        {
            throw new JsonException("an element is invalid");
        }

        (CurrentStart, CurrentLength) = (_buffer.Start, length);
        _buffer.Consume(length);
        _place = ArrayPlace.AfterElement;
        _elements++;
        return true;
    }

    /// <summary>Finds the end of a value of any type by parsing it, or -1 if it has not arrived.</summary>
    private int FindValueEnd(ReadOnlySpan<byte> json)
    {
        // MaxDepth counts from the root, which is two levels above the elements.
        var options = new JsonReaderOptions { MaxDepth = Math.Max(1, _limits.MaxDepth - 2) };
        var reader = new Utf8JsonReader(json, isFinalBlock: false, new JsonReaderState(options));
        return reader.Read() && TrySkip(ref reader) ? (int)reader.BytesConsumed : -1;
    }

    private ReadStep? StepsInRoot()
    {
        var reader = new Utf8JsonReader(_buffer.Unread, _buffer.IsFinal, _state);
        ReadStep? step;
        do
        {
            step = StepInRoot(ref reader);
        }
        while (step is null && _position != Position.InData);
        return step;
    }

    private ReadStep? StepInRoot(ref Utf8JsonReader reader)
    {
        Utf8JsonReader ahead = reader;
        if (!ahead.Read())
        {
            return _position == Position.AfterRoot && _buffer.IsFinal ? ReadStep.End : NeedsMore();
        }

        switch (ahead.TokenType)
        {
            case JsonTokenType.StartObject when _position == Position.BeforeRoot:
                _position = Position.InRoot;
                Commit(ref reader, in ahead);
                return null;
            case JsonTokenType.EndObject:
                _position = Position.AfterRoot;
                Commit(ref reader, in ahead);
                return null;
            case JsonTokenType.PropertyName:
                return StepIntoMember(ref reader, ahead);
            default:
                throw new JsonException("the JSON is not an object");
        }
    }

    private ReadStep? StepIntoMember(ref Utf8JsonReader reader, Utf8JsonReader ahead)
    {
        bool isData = EnvelopeMembers.IsNamed(in ahead, "data"u8);
        Utf8JsonReader name = ahead;
        if (!ahead.Read())
        {
            return NeedsMore();
        }

        if (!isData)
        {
            Utf8JsonReader value = ahead;
            if (!TrySkip(ref ahead))
            {
                return NeedsMore();
            }

            int start = (int)value.TokenStartIndex;
            EnvelopeMembers.Read(
                in name, _buffer.Unread.Slice(start, (int)ahead.BytesConsumed - start), Envelope, _redactor);
            Commit(ref reader, in ahead);
            return null;
        }

        Envelope.Data = ahead.TokenType switch
        {
            JsonTokenType.StartArray => DataShape.Array,
            JsonTokenType.StartObject => DataShape.Object,
            JsonTokenType.Null => DataShape.Null,
            _ => DataShape.Scalar,
        };
        if (Envelope.Data == DataShape.Array)
        {
            _position = Position.InData;
            _place = ArrayPlace.AtStart;
            Commit(ref reader, in ahead);
            return null;
        }

        if (Envelope.Data == DataShape.Object)
        {
            return ReadObject(ref reader, ahead) ? ReadStep.Element : NeedsMore();
        }

        Commit(ref reader, in ahead);
        return null;
    }

    private bool ReadObject(ref Utf8JsonReader reader, Utf8JsonReader ahead)
    {
        int start = (int)ahead.TokenStartIndex;
        if (!TrySkip(ref ahead))
        {
            return false;
        }

        CurrentStart = _buffer.Start + start;
        CurrentLength = (int)ahead.BytesConsumed - start;
        Commit(ref reader, in ahead);
        return true;
    }

    private static bool TrySkip(ref Utf8JsonReader reader) =>
        reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray) || reader.TrySkip();

    private void Commit(ref Utf8JsonReader reader, in Utf8JsonReader ahead)
    {
        _buffer.Consume((int)ahead.BytesConsumed);
        _state = ahead.CurrentState;
        reader = new Utf8JsonReader(_buffer.Unread, _buffer.IsFinal, _state);
    }

    private ReadStep NeedsMore() =>
        _buffer.IsFinal ? throw new JsonException("the JSON ends early") : ReadStep.NeedsMore;

    /// <summary>Reads more of the body.</summary>
    /// <exception cref="InvalidDataException">The body exceeds a limit.</exception>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        await _buffer.FillAsync(cancellationToken).ConfigureAwait(false);
        if (_position == Position.BeforeRoot)
        {
            SkipByteOrderMark();
        }
    }

    private void SkipByteOrderMark()
    {
        if (_buffer.Unread.StartsWith("\uFEFF"u8))
        {
            _buffer.Consume(3);
        }
    }
}
