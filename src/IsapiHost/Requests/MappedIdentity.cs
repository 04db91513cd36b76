using System.Security.Principal;

namespace IsapiHost.Requests;

/// <summary>A user whom a filter has let in (AUTHENTICATION), under the name it gave.</summary>
/// <param name="name">LOGON_USER, REMOTE_USER.</param>
/// <param name="nameAsSent">UNMAPPED_REMOTE_USER.</param>
internal sealed class MappedIdentity(string name, string nameAsSent) : GenericIdentity(name, "Basic")
{
    public string NameAsSent { get; } = nameAsSent;
}
