using IsapiHost.Modules;
using IsapiHost.Modules.Loading;

namespace IsapiHost.Cli.Inspecting;

/// <summary>Whether this host can serve a module, and if not what to do.</summary>
internal sealed record Verdict(bool CanServe, string Sentence)
{
    public static Verdict Of(ModuleImage image, LoadedAnswers? loaded)
    {
        if (loaded?.Failure is { } failure)
        {
            return No(failure);
        }

        try
        {
            ModulePreflight.Check(image.Path);
            if (!image.IsFilter)
            {
                ModulePreflight.RequireExtension(image);
            }
        }
        catch (ModuleLoadException e)
        {
            return No(e.Message);
        }

        LibraryReport[] missing =
        [
            .. LibraryReport.AllOf(image)
                .Where(l => l.State is LibraryState.Missing or LibraryState.DoesNotFit or LibraryState.OtherName && !l.IsDelayed),
        ];
        if (loaded is null && missing.FirstOrDefault(l => l.State == LibraryState.OtherName) is { } library)
        {
            return No($"it needs {library.Name}; '{library.Path}' exists but is not built under that name: "
                + $"link it with -Wl,-soname,{library.Name}, or link the module with -Wl,-rpath,'$ORIGIN'.");
        }

        if (loaded is null && missing.Length > 0)
        {
            var names = missing.Select(l => l.NeededBy is null ? l.Name : $"{l.Name} (needed by {l.NeededBy})");
            return No($"it needs {string.Join(", ", names)}, "
                + "which cannot be found or does not fit: put what is missing beside the module.");
        }

        string options = string.Join(" and ", Options(image));
        return new Verdict(true, $"This host can serve it: {options}");
    }

    /// <summary>The sentence for a module that cannot be served.</summary>
    public static string Refusal(string reason) => $"This host cannot serve it as it is: {reason}";

    private static Verdict No(string reason) => new(false, Refusal(reason));

    private static IEnumerable<string> Options(ModuleImage image)
    {
        string path = image.Path.Contains(' ', StringComparison.Ordinal) ? $"\"{image.Path}\"" : image.Path;
        if (image.IsExtension || !image.IsFilter)
        {
            yield return $"isapihost --dll {path}";
        }

        if (image.IsFilter)
        {
            yield return $"isapihost --filter {path}";
        }
    }
}
