namespace IsapiHost.Mapping;

/// <summary>What mapping a URL gave; lengths in characters.</summary>
/// <param name="Length">Length of the physical path.</param>
/// <param name="MatchingPath">The leading part of the path that is the virtual directory's folder: cchMatchingPath.</param>
/// <param name="MatchingUrl">
/// The leading part of the normalised URL that names the virtual directory: cchMatchingURL. 0 for the root, so that what follows the two
/// leading parts always is the same text but for the separators.
/// </param>
internal readonly record struct MappedUrl(int Length, int MatchingPath, int MatchingUrl);
