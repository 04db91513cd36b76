using IsapiHost.Interop;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Filters;

/// <content>After the response.</content>
internal sealed partial class FilterRequest
{
    private static readonly Func<object, FilterOutcome> s_end = static state => ((FilterRequest)state).Guarded(request => request.End());

    /// <summary>Raises END_OF_REQUEST and LOG.</summary>
    public async ValueTask EndAsync()
    {
        _isComplete = true;
        if (Wants(SF_NOTIFY.END_OF_REQUEST | SF_NOTIFY.LOG))
        {
            await _session.CallAsync(s_end, this, isFirst: false);
        }
    }

    private unsafe FilterOutcome End()
    {
        _session.Notify(SF_NOTIFY.END_OF_REQUEST, null, out _);
        if (LogEntry is { } entry)
        {
            using var strings = new NativeStrings(Site.AnsiEncoding);
            HTTP_FILTER_LOG log = default;
            LogNotification.Fill(&log, entry, this, strings);
            _session.Notify(SF_NOTIFY.LOG, &log, out _);

            // Read at once: what a filter has put there lives only until its next notification.
            LogNotification.Read(&log, entry, this);
        }

        return FilterOutcome.Continue;
    }
}
