using System.Security.Principal;
using IsapiHost.Requests;

namespace IsapiHost.Variables;

/// <summary>Who the user is, by the application's authentication, or says to be, by a Basic Authorization header.</summary>
internal static class AuthenticationVariables
{
    public static Dictionary<string, VariableSource> All { get; } = new()
    {
        ["AUTH_TYPE"] = WriteScheme,
        ["AUTH_USER"] = WriteUser,
        ["AUTH_PASSWORD"] = WritePassword,
        ["LOGON_USER"] = static (view, ref writer) => writer.Append(AuthenticatedUser(view)?.Name),
        ["REMOTE_USER"] = WriteUser,
        ["UNMAPPED_REMOTE_USER"] = WriteUserAsSent,
    };

    private static void WriteScheme(RequestView view, ref VariableWriter writer)
    {
        var scheme = AuthorizationHeader.Scheme(Authorization(view));

        if (scheme.IsEmpty)
        {
            writer.Append(AuthenticatedUser(view)?.AuthenticationType);
        }
        else
        {
            writer.AppendHeader(scheme);
        }
    }

    private static void WriteUser(RequestView view, ref VariableWriter writer)
    {
        if (AuthenticatedUser(view) is { } user)
        {
            writer.Append(user.Name);
        }
        else if (AuthorizationHeader.TryReadBasic(Authorization(view), view.Site.AnsiEncoding, out var name, out _))
        {
            writer.Append(name);
        }
    }

    // The name in front of what a filter made of it.
    private static void WriteUserAsSent(RequestView view, ref VariableWriter writer)
    {
        if (AuthenticatedUser(view) is MappedIdentity mapped)
        {
            writer.Append(mapped.NameAsSent);
        }
        else
        {
            WriteUser(view, ref writer);
        }
    }

    private static void WritePassword(RequestView view, ref VariableWriter writer)
    {
        if (AuthorizationHeader.TryReadBasic(Authorization(view), view.Site.AnsiEncoding, out _, out var password))
        {
            writer.Append(password);
        }
    }

    private static IIdentity? AuthenticatedUser(RequestView view) =>
        view.Context.User.Identity is { IsAuthenticated: true } identity ? identity : null;

    private static string? Authorization(RequestView view)
    {
        var values = view.Context.Request.Headers.Authorization;
        return values.Count > 0 ? values[0] : null;
    }
}
