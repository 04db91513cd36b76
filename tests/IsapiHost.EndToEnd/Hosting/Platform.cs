namespace IsapiHost.EndToEnd.Hosting;

/// <summary>Where the command and its modules run.</summary>
public enum Platform
{
    /// <summary>isapihost on Linux, modules built as <c>.so</c>.</summary>
    Linux,

    /// <summary>isapihost.exe under Wine, modules built as real Windows DLLs.</summary>
    Wine,
}
