namespace IsapiHost.Mapping;

/// <summary>The rules of file names that URLs are mapped to.</summary>
internal enum PathStyle
{
    Unix,
    Windows,
}
