using IsapiHost.Interop;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Extensions.Tokens;

/// <summary>Systems without access tokens.</summary>
internal sealed class NoTokens : IAccessTokens
{
    public Win32Error Borrow(HttpContext context, out nint token)
    {
        token = 0;
        return Win32Error.NO_TOKEN;
    }

    public Win32Error DuplicateAnonymous(out nint token)
    {
        token = 0;
        return Win32Error.NO_TOKEN;
    }
}
