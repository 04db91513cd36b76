using System.Text;

namespace IsapiHost.EndToEnd.Wire;

internal static class BasicLogin
{
    /// <summary>The header line of credentials such as <c>user:password</c>.</summary>
    public static string Line(string credentials) => $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}";
}
