namespace IsapiHost;

/// <summary>What extensions are told about the site, the application pool and the server; section <c>Isapi:Site</c>.</summary>
public sealed class IsapiSiteOptions : IOptionGroup
{
    /// <summary>The number of the site: INSTANCE_ID, INSTANCE_META_PATH, APPL_MD_PATH; IIS: <c>site@id</c>. 1 by default.</summary>
    [Bounds(1, int.MaxValue)]
    public int Id { get; set; } = 1;

    /// <summary>The name of the site: INSTANCE_NAME; IIS: <c>site@name</c>. <c>Default Web Site</c> by default.</summary>
    public string Name { get; set; } = "Default Web Site";

    /// <summary>The name of the application pool: APP_POOL_ID; IIS: <c>application@applicationPool</c>. <c>DefaultAppPool</c> by default.</summary>
    public string ApplicationPool { get; set; } = "DefaultAppPool";

    /// <summary>
    /// SERVER_SOFTWARE, <c>IsapiHost/</c> and the version by default. Some extensions refuse to work without <c>Microsoft-IIS/10.0</c>.
    /// </summary>
    public string ServerSoftware { get; set; } = $"IsapiHost/{typeof(IsapiOptions).Assembly.GetName().Version?.ToString(2)}";
}
