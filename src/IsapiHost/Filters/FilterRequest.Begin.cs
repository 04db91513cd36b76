using System.Security.Claims;
using System.Text;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Mapping;
using IsapiHost.Requests;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Filters;

/// <content>What filters see before a handler gets the request. All on an extension thread.</content>
internal sealed unsafe partial class FilterRequest
{
    /// <summary>The notifications before the handler.</summary>
    public const uint BeginNotifications =
        SF_NOTIFY.PREPROC_HEADERS | SF_NOTIFY.URL_MAP | SF_NOTIFY.AUTHENTICATION | SF_NOTIFY.AUTH_COMPLETE;

    private static readonly Func<object, FilterOutcome> s_begin = static state => ((FilterRequest)state).Guarded(request => request.Begin());

    /// <summary>Raises the notifications before the handler, in one go on one thread.</summary>
    public ValueTask<FilterOutcome> BeginAsync()
    {
        if (_session.Port.Wants(BeginNotifications))
        {
            return _session.CallAsync(s_begin, this, isFirst: true);
        }

        ShowPath();
        return ValueTask.FromResult(FilterOutcome.Continue);
    }

    private FilterOutcome Guarded(Func<FilterRequest, FilterOutcome> notify)
    {
        try
        {
            return notify(this);
        }
        catch (Exception e)
        {
            _session.Host.Log.NotificationFailed(e);
            return FilterOutcome.Error;
        }
    }

    private FilterOutcome Begin()
    {
        var outcome = RaiseBegin();
        if (_session.WantsClose)
        {
            WatchStart();
        }

        return outcome;
    }

    private FilterOutcome RaiseBegin()
    {
        HTTP_FILTER_PREPROC_HEADERS headers = default;
        headers.GetHeader = &FilterCallbacks.GetHeader;
        headers.SetHeader = &FilterCallbacks.SetHeader;
        headers.AddHeader = &FilterCallbacks.AddHeader;
        var outcome = Raise(SF_NOTIFY.PREPROC_HEADERS, &headers);
        ShowPath();
        if (outcome == FilterOutcome.Continue && Wants(SF_NOTIFY.URL_MAP))
        {
            outcome = RaiseUrlMap();
        }

        return outcome == FilterOutcome.Continue ? Authenticate(mayRepeat: true) : outcome;
    }

    private FilterOutcome Authenticate(bool mayRepeat)
    {
        var outcome = Wants(SF_NOTIFY.AUTHENTICATION) ? RaiseAuthentication() : FilterOutcome.Continue;
        if (outcome != FilterOutcome.Continue || !Wants(SF_NOTIFY.AUTH_COMPLETE))
        {
            return outcome;
        }

        HTTP_FILTER_AUTH_COMPLETE_INFO info = default;
        info.GetHeader = &FilterCallbacks.GetHeader;
        info.SetHeader = &FilterCallbacks.SetHeader;
        info.AddHeader = &FilterCallbacks.AddHeader;
        info.GetUserToken = &FilterCallbacks.GetUserToken;
        info.HttpStatus = StatusCodes.Status200OK;
        outcome = Raise(SF_NOTIFY.AUTH_COMPLETE, &info);
        return outcome == FilterOutcome.Continue && info.fResetAuth != 0 && mayRepeat ? Authenticate(mayRepeat: false) : outcome;
    }

    // For Basic credentials, and for a request without any; other schemes are between the client and the application.
    private FilterOutcome RaiseAuthentication()
    {
        var authorization = Context.Request.Headers.Authorization;
        var user = "";
        var password = "";
        if (authorization.Count > 0 && !AuthorizationHeader.TryReadBasic(authorization[0], Site.AnsiEncoding, out user!, out password!))
        {
            return FilterOutcome.Continue;
        }

        // Longer ones could not be credentials on Windows either, and cut ones would be those of another user.
        var userBytes = stackalloc byte[SF.MAX_USERNAME];
        var passwordBytes = stackalloc byte[SF.MAX_PASSWORD];
        var userSpan = new Span<byte>(userBytes, SF.MAX_USERNAME);
        var passwordSpan = new Span<byte>(passwordBytes, SF.MAX_PASSWORD);
        if (!TryStore(user, userSpan) || !TryStore(password, passwordSpan))
        {
            return Deny(SF_DENIED.LOGON);
        }

        HTTP_FILTER_AUTHENT authent = default;
        authent.pszUser = userBytes;
        authent.cbUserBuff = SF.MAX_USERNAME;
        authent.pszPassword = passwordBytes;
        authent.cbPasswordBuff = SF.MAX_PASSWORD;
        var outcome = _session.Notify(SF_NOTIFY.AUTHENTICATION, &authent, out var by);
        if (outcome == FilterOutcome.Error)
        {
            LogAbort(SF_NOTIFY.AUTHENTICATION, by!);
            return by!.LastError == Win32Error.ACCESS_DENIED ? Deny(SF_DENIED.LOGON | SF_DENIED.FILTER) : Refuse(StatusCodes.Status500InternalServerError);
        }

        if (outcome == FilterOutcome.Continue)
        {
            // A filter that only looks on does not vouch for a password: it must have handled the login, or mapped the user.
            var mapped = Site.AnsiEncoding.GetString(NativeString.Read(userBytes, SF.MAX_USERNAME - 1));
            if (mapped.Length > 0 && (by is not null || mapped != user || !IsUnchanged(password, passwordBytes)))
            {
                Context.User = new ClaimsPrincipal(new MappedIdentity(mapped, user));
            }
        }

        CryptographicZero(passwordSpan);
        return outcome;
    }

    private bool IsUnchanged(string text, byte* bytes) =>
        Site.AnsiEncoding.GetString(NativeString.Read(bytes, SF.MAX_PASSWORD - 1)) == text;

    private static void CryptographicZero(Span<byte> bytes) => System.Security.Cryptography.CryptographicOperations.ZeroMemory(bytes);

    private bool TryStore(string text, Span<byte> room)
    {
        room.Clear();
        return !text.Contains('\0', StringComparison.Ordinal)
            && Site.AnsiEncoding.TryGetBytes(text, room[..^1], out _);
    }

    private bool Wants(uint notification) => _session.Port.Wants(notification);

    private FilterOutcome Raise(uint notification, void* data)
    {
        var outcome = _session.Notify(notification, data, out var by);
        if (outcome != FilterOutcome.Error)
        {
            return outcome;
        }

        LogAbort(notification, by!);
        return Refuse(by!.LastError == Win32Error.ACCESS_DENIED ? StatusCodes.Status403Forbidden : StatusCodes.Status500InternalServerError);
    }

    private void LogAbort(uint notification, FilterContext by) =>
        _session.Host.Log.Aborted(
            by.Filter.Path, NotificationName.Of(notification), Context.Request.Method, Context.Request.Path, (uint)by.LastError);

    private FilterOutcome Deny(uint reason)
    {
        var outcome = Refuse(StatusCodes.Status401Unauthorized);
        DenialReason = reason;
        if (!Context.Response.HasStarted)
        {
            // A 401 must say how to log in; ADD_HEADERS_ON_DENIAL may say it better.
            if (!Encoding.Latin1.GetString([.. _denialHeaders]).Contains("WWW-Authenticate:", StringComparison.OrdinalIgnoreCase))
            {
                Context.Response.Headers.WWWAuthenticate = $"Basic realm=\"{Context.Request.Host.Host}\"";
            }

            WatchStart();
        }

        return outcome;
    }

    private FilterOutcome Refuse(int status)
    {
        if (!Context.Response.HasStarted)
        {
            Context.Response.Clear();
            Context.Response.StatusCode = status;
            Context.Response.ContentLength = 0;
        }

        return FilterOutcome.Error;
    }
}
