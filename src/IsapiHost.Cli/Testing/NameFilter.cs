using System.Text.RegularExpressions;
using IsapiHost.Testing.HttpFiles;

namespace IsapiHost.Cli.Testing;

/// <summary><c>--name TEXT</c>: the requests whose names contain the text, whatever the case; <c>*</c> in it stands for anything.</summary>
internal sealed class NameFilter(string text)
{
    private readonly Regex _pattern = new(
        string.Join(".*", text.Split('*').Select(Regex.Escape)),
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    public bool Takes(HttpFileRequest request) => _pattern.IsMatch(request.Name);

    /// <summary>The files that have such requests.</summary>
    /// <exception cref="BadTestInputException">None has.</exception>
    public List<HttpFile> Select(IReadOnlyList<HttpFile> files)
    {
        List<HttpFile> selected = [.. files.Where(file => file.Requests.Any(Takes))];
        var example = files.SelectMany(file => file.Requests).FirstOrDefault() is { } first ? $"'{first.Name}'" : "one that follows ###";
        return selected.Count > 0
            ? selected
            : throw new BadTestInputException(
            [
                $"--name {text}: none of {files.Sum(file => file.Requests.Count)} requests has such a name. Write a part of a name, "
                + $"such as {example}; * stands for anything.",
            ]);
    }
}
