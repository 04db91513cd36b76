using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace IsapiHost.Responses.Heads;

/// <summary>Collects the lines of one head; must be disposed, because the fields are gathered in a pooled array.</summary>
internal ref struct ResponseHeadBuilder(int fallbackStatus)
{
    private int _statusCode = fallbackStatus is >= 100 and <= 599 ? fallbackStatus : 200;
    private string? _reasonPhrase;
    private ResponseHeader[] _headers = ArrayPool<ResponseHeader>.Shared.Rent(16);
    private int _count;
    private long? _contentLength;
    private bool _chunked;
    private bool _close;
    private bool _hasServer;
    private bool _hasDate;
    private ResponseHeadFaults _faults;

    public void AddFault(ResponseHeadFaults fault) => _faults |= fault;

    /// <summary>Takes the status from a text; a text without a status leaves what was there.</summary>
    public void SetStatus(ReadOnlySpan<byte> text)
    {
        if (StatusText.TryRead(text, ref _faults, out int code, out string? reason))
        {
            _statusCode = code;
            _reasonPhrase = reason;
        }
        else
        {
            _faults |= ResponseHeadFaults.Status;
        }
    }

    /// <summary>Takes a header line with its continuations.</summary>
    public void AddLine(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        if (colon < 0)
        {
            _faults |= ResponseHeadFaults.LineWithoutColon;
            return;
        }

        // Some write "Name : value".
        ReadOnlySpan<byte> name = line[..colon].Trim(" \t"u8);
        if (!FieldText.IsToken(name))
        {
            _faults |= ResponseHeadFaults.InvalidName;
            return;
        }

        ReadOnlySpan<byte> value = line[(colon + 1)..].Trim(FieldText.Blanks);
        string? known = CommonFields.FindName(name);
        switch (known)
        {
            case "Status":
                SetStatus(value);
                break;
            case "Content-Length":
                AddContentLength(value);
                break;
            case "Transfer-Encoding":
                AddTransferCodings(value);
                break;
            case "Connection":
                AddConnectionOptions(value);
                break;
            case "Keep-Alive" or "Proxy-Connection":
                break;
            case "Server":
                AddOnce(known, value, ref _hasServer);
                break;
            case "Date":
                AddOnce(known, value, ref _hasDate);
                break;
            default:
                Add(known ?? Encoding.ASCII.GetString(name), FieldText.Read(value, ref _faults));
                break;
        }
    }

    public ResponseHead Build()
    {
        if (_chunked && _contentLength is not null)
        {
            // RFC 9112, 6.3: two framings are never sent together, and chunked is the one that the bytes follow.
            _faults |= ResponseHeadFaults.ContentLengthBesideChunked;
            _contentLength = null;
        }

        return new ResponseHead
        {
            StatusCode = _statusCode,
            ReasonPhrase = _reasonPhrase,
            Headers = _headers.AsSpan(0, _count).ToArray(),
            ContentLength = _contentLength,
            ChunkedByExtension = _chunked,
            Close = _close,
            Faults = _faults,
        };
    }

    public readonly void Dispose() => ArrayPool<ResponseHeader>.Shared.Return(_headers, clearArray: true);

    private void AddOnce(string name, ReadOnlySpan<byte> value, ref bool present)
    {
        if (present)
        {
            _faults |= ResponseHeadFaults.DuplicateServerOrDate;
            return;
        }

        present = true;
        Add(name, FieldText.Read(value, ref _faults));
    }

    private void Add(string name, string value)
    {
        foreach (ref ResponseHeader header in _headers.AsSpan(0, _count))
        {
            if (string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                header = header with { Value = StringValues.Concat(header.Value, value) };
                return;
            }
        }

        if (_count == _headers.Length)
        {
            ResponseHeader[] larger = ArrayPool<ResponseHeader>.Shared.Rent(_count * 2);
            _headers.CopyTo(larger, 0);
            Dispose();
            _headers = larger;
        }

        _headers[_count++] = new ResponseHeader(name, value);
    }

    private void AddContentLength(ReadOnlySpan<byte> value)
    {
        // "5, 5" is what a proxy or a framework makes of two equal lines.
        foreach (Range range in value.Split((byte)','))
        {
            ReadOnlySpan<byte> digits = value[range].Trim(FieldText.Blanks);
            // TryParse alone would take NULs after the digits.
            bool valid = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long length)
                && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
            if (!valid || (_contentLength is { } previous && previous != length))
            {
                _faults |= ResponseHeadFaults.ContentLengthConflict;
            }

            _contentLength = length;
        }

        if ((_faults & ResponseHeadFaults.ContentLengthConflict) != 0)
        {
            _contentLength = null;
        }
    }

    private void AddTransferCodings(ReadOnlySpan<byte> value)
    {
        foreach (Range range in value.Split((byte)','))
        {
            ReadOnlySpan<byte> coding = value[range].Trim(FieldText.Blanks);
            if (coding.IsEmpty)
            {
                continue;
            }

            _chunked = Ascii.EqualsIgnoreCase(coding, "chunked"u8);
            if (!_chunked)
            {
                _faults |= ResponseHeadFaults.TransferCoding;
            }
        }
    }

    private void AddConnectionOptions(ReadOnlySpan<byte> value)
    {
        foreach (Range range in value.Split((byte)','))
        {
            _close |= Ascii.EqualsIgnoreCase(value[range].Trim(FieldText.Blanks), "close"u8);
        }
    }
}
