using System;
using System.Buffers;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Security;

namespace Cadenza.Client.Json;

/// <summary>How far a reader came.</summary>
internal enum ReadStep
{
    /// <summary>More of the body is needed.</summary>
    NeedsMore,

    /// <summary>An element is at hand.</summary>
    Element,

    /// <summary>The body is at its end.</summary>
    End,
}

/// <summary>
/// Reads an answer as it arrives: each element of <c>data</c> is handed out as soon as it is complete, whatever order the
/// envelope's members come in. A single object is handed out as the only element. Memory is bounded by the largest element.
/// </summary>
internal sealed class EnvelopeReader : IDisposable
{
    private const int InitialBuffer = 64 * 1024;

    private readonly Stream? _stream;
    private readonly EnvelopeLimits _limits;
    private readonly SecretRedactor _redactor;
    private byte[] _buffer;
    private int _start;
    private int _end;
    private long _received;
    private bool _isFinal;
    private Position _position = Position.BeforeRoot;
    private ArrayPlace _place;
    private JsonReaderState _state;

    /// <summary>Reads from a body that is still arriving.</summary>
    public EnvelopeReader(Stream stream, EnvelopeLimits limits, SecretRedactor redactor)
    {
        _redactor = redactor;
        _stream = stream;
        _limits = limits;
        _buffer = ArrayPool<byte>.Shared.Rent(InitialBuffer);
        _state = new JsonReaderState(new JsonReaderOptions { MaxDepth = limits.MaxDepth });
    }

    /// <summary>Reads from a body that is here.</summary>
    public EnvelopeReader(ReadOnlySpan<byte> body, EnvelopeLimits limits, SecretRedactor redactor)
    {
        _redactor = redactor;
        _limits = limits;
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, body.Length));
        body.CopyTo(_buffer);
        _end = body.Length;
        _isFinal = true;
        _state = new JsonReaderState(new JsonReaderOptions { MaxDepth = limits.MaxDepth });
        SkipByteOrderMark();
    }

    private enum Position
    {
        BeforeRoot,
        InRoot,
        InData,
        AfterRoot,
    }

    /// <summary>Where in the array of data the reader is, since the commas between its elements are its own to check.</summary>
    private enum ArrayPlace
    {
        AtStart,
        AfterElement,
        AfterComma,
    }

    /// <summary>The envelope as far as it has been read; complete once <see cref="MoveNextAsync"/> gave false.</summary>
    public Envelope Envelope { get; } = new();

    /// <summary>How many bytes have come so far.</summary>
    public long Received => _received;

    /// <summary>
    /// The bytes of the element at hand; valid until the next move. In a body that is still arriving, nothing but its end has been
    /// looked for: whoever reads it finds out whether it is JSON.
    /// </summary>
    public ReadOnlySpan<byte> Current => _buffer.AsSpan(CurrentStart, CurrentLength);

    private int CurrentStart { get; set; }

    private int CurrentLength { get; set; }

    /// <summary>Moves to the next element of data.</summary>
    /// <exception cref="JsonException">The body is not JSON, or ends too early.</exception>
    /// <exception cref="InvalidDataException">The body goes beyond a limit.</exception>
    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (Advance())
            {
                case ReadStep.Element: return true;
                case ReadStep.End: return false;
                default: await FillAsync(cancellationToken).ConfigureAwait(false); break;
            }
        }
    }

    /// <summary>The same for a body that is all here.</summary>
    public bool MoveNext() => Advance() == ReadStep.Element;

    /// <summary>Zeroes what it read, which may have held tokens, and gives the buffer back.</summary>
    public void Dispose()
    {
        byte[] buffer = _buffer;
        _buffer = [];
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
    }

    /// <summary>Goes on as far as the bytes reach that are here.</summary>
    /// <exception cref="JsonException">The body is not JSON, or ends too early.</exception>
    public ReadStep Advance()
    {
        if (!_isFinal && _position == Position.BeforeRoot && "\uFEFF"u8.StartsWith(_buffer.AsSpan(_start, _end - _start)))
        {
            // It may become a byte order mark, which the reader does not know.
            return ReadStep.NeedsMore;
        }

        while (true)
        {
            // Everything up to here is done with: a step that lacks input starts again from here once there is more.
            ReadStep? step = _position == Position.InData ? StepInData() : StepsInRoot();
            if (step is ReadStep result)
            {
                return result;
            }
        }
    }

    /// <summary>Elements are sliced here and read elsewhere. The reader of the envelope goes from the array's start to its end.</summary>
    private ReadStep? StepInData()
    {
        ReadOnlySpan<byte> rest = _buffer.AsSpan(_start, _end - _start);
        _start += ElementScanner.CountWhiteSpace(rest);
        rest = _buffer.AsSpan(_start, _end - _start);
        if (rest.IsEmpty)
        {
            return NeedsMore();
        }

        bool isAfterElement = _place == ArrayPlace.AfterElement;
        switch (rest[0])
        {
            case (byte)',' when isAfterElement:
                _start++;
                _place = ArrayPlace.AfterComma;
                return null;
            case (byte)']' when _place != ArrayPlace.AfterComma:
                var reader = new Utf8JsonReader(rest.Slice(0, 1), isFinalBlock: false, _state);
                reader.Read();
                _position = Position.InRoot;
                _start++;
                _state = reader.CurrentState;
                return null;
            case (byte)',' or (byte)']':
                throw new JsonException("an element is missing");
            default:
                return isAfterElement ? throw new JsonException("a comma is missing") : TakeElement(rest) ? ReadStep.Element : NeedsMore();
        }
    }

    private bool TakeElement(ReadOnlySpan<byte> rest)
    {
        bool isScanned = rest[0] == '{';
        int length = isScanned ? ElementScanner.FindObjectEnd(rest) : FindValueEnd(rest);
        if (length < 0)
        {
            return false;
        }

        // Whoever reads a whole body at once relies on its being JSON.
        if (isScanned && _stream is null && FindValueEnd(rest.Slice(0, length)) != length)
        {
            throw new JsonException("an element is broken");
        }

        (CurrentStart, CurrentLength) = (_start, length);
        _start += length;
        _place = ArrayPlace.AfterElement;
        return true;
    }

    /// <summary>Where any value ends, by reading it; -1 where its end is not here yet.</summary>
    private int FindValueEnd(ReadOnlySpan<byte> json)
    {
        // Its depth counts from the array, which has two levels above it.
        var options = new JsonReaderOptions { MaxDepth = Math.Max(1, _limits.MaxDepth - 2) };
        var reader = new Utf8JsonReader(json, isFinalBlock: false, new JsonReaderState(options));
        return reader.Read() && TrySkip(ref reader) ? (int)reader.BytesConsumed : -1;
    }

    private ReadStep? StepsInRoot()
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isFinal, _state);
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
            return _position == Position.AfterRoot && _isFinal ? ReadStep.End : NeedsMore();
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
                throw new JsonException("the JSON is no object");
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
            EnvelopeMembers.Read(in name, _buffer.AsSpan(_start + start, (int)ahead.BytesConsumed - start), Envelope, _redactor);
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
            return TakeObject(ref reader, ahead) ? ReadStep.Element : NeedsMore();
        }

        Commit(ref reader, in ahead);
        return null;
    }

    private bool TakeObject(ref Utf8JsonReader reader, Utf8JsonReader ahead)
    {
        int start = (int)ahead.TokenStartIndex;
        if (!TrySkip(ref ahead))
        {
            return false;
        }

        CurrentStart = _start + start;
        CurrentLength = (int)ahead.BytesConsumed - start;
        Commit(ref reader, in ahead);
        return true;
    }

    private static bool TrySkip(ref Utf8JsonReader reader) =>
        reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray) || reader.TrySkip();

    private void Commit(ref Utf8JsonReader reader, in Utf8JsonReader ahead)
    {
        _start += (int)ahead.BytesConsumed;
        _state = ahead.CurrentState;
        reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isFinal, _state);
    }

    private ReadStep NeedsMore() => _isFinal ? throw new JsonException("it ends too early") : ReadStep.NeedsMore;

    /// <summary>Waits for more of the body.</summary>
    /// <exception cref="InvalidDataException">The body goes beyond a limit.</exception>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        int read = await ReadAsync(cancellationToken).ConfigureAwait(false);
        _received += read;
        if (_received > _limits.MaxBodyBytes)
        {
            throw new InvalidDataException($"it is larger than {_limits.MaxBodyBytes >> 20} MiB");
        }

        _isFinal = read == 0;
        _end += read;
        if (_position == Position.BeforeRoot)
        {
            SkipByteOrderMark();
        }
    }

    private ValueTask<int> ReadAsync(CancellationToken cancellationToken) =>
#if NET
        _stream!.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
#else
        new(_stream!.ReadAsync(_buffer, _end, _buffer.Length - _end, cancellationToken));
#endif

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end < _buffer.Length)
        {
            return;
        }

        if (_buffer.Length >= _limits.MaxElementBytes)
        {
            throw new InvalidDataException($"one element of it is larger than {_limits.MaxElementBytes >> 10} KiB");
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = larger;
    }

    private void SkipByteOrderMark()
    {
        if (_buffer.AsSpan(_start, _end - _start).StartsWith("\uFEFF"u8))
        {
            _start += 3;
        }
    }
}
