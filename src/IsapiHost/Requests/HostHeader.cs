using System.Globalization;

namespace IsapiHost.Requests;

/// <summary>A Host header cut in two. The name is empty when there is none; an IPv6 address keeps its brackets, as in URLs.</summary>
internal readonly ref struct HostHeader
{
    public ReadOnlySpan<char> Name { get; private init; }

    public int? Port { get; private init; }

    public static HostHeader Parse(ReadOnlySpan<char> value)
    {
        var colon = value.LastIndexOf(':');

        if (colon < 0 || value[colon..].Contains(']'))
        {
            return new HostHeader { Name = value };
        }

        var hasPort = ushort.TryParse(value[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port);
        return new HostHeader { Name = value[..colon], Port = hasPort ? port : null };
    }
}
