using System.Globalization;
using IsapiHost.Mapping;

namespace IsapiHost.Extensions.Children;

/// <summary>The pages of HSE_REQ_SEND_CUSTOM_ERROR. Immutable.</summary>
internal sealed class ErrorPages
{
    private readonly Dictionary<(int Status, int SubStatus), ErrorPage> _pages = [];

    /// <exception cref="FormatException">A key or a page cannot be understood; the message says what to write.</exception>
    public ErrorPages(IEnumerable<KeyValuePair<string, string>> pages, UrlDecoder decoder)
    {
        foreach (var (key, page) in pages)
        {
            _pages[ParseKey(key)] = new ErrorPage(page, decoder);
        }
    }

    public ErrorPage? Find(int status, int subStatus) => _pages.GetValueOrDefault((status, subStatus)) ?? _pages.GetValueOrDefault((status, 0));

    private static (int Status, int SubStatus) ParseKey(string key)
    {
        var point = key.IndexOf('.', StringComparison.Ordinal);
        var subStatus = 0;
        return int.TryParse(point < 0 ? key : key[..point], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            && status is >= 400 and <= 999
            && (point < 0 || int.TryParse(key[(point + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out subStatus))
            ? (status, subStatus)
            : throw new FormatException($"'{key}' is no status of an error page. Write it as \"404\", or with a sub-status as \"404.2\".");
    }
}
