using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace IsapiHost.Docs.Tests.Checks;

/// <summary>
/// Compiles a block as it would be compiled in a project for ASP.NET Core or xunit. A block may be a program, some statements of one, types, or members
/// of a test class. What statements take from the program around them is declared in <see cref="Surroundings"/>.
/// </summary>
internal static class CSharpCheck
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Net.Http.Json;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        global using Xunit;
        """;

    // A block with a using directive shows all that are needed.
    private const string Usings = """
        global using IsapiHost;
        global using IsapiHost.Testing;
        """;

    private const string Surroundings = """
        #nullable enable
        global using static Surroundings;

        internal static class Surroundings
        {
            public static WebApplicationBuilder builder = null!;
            public static WebApplication app = null!;
            public static IServiceCollection services = null!;
            public static IsapiHost.Testing.IsapiTestHost host = null!;
        }

        public partial class Program;
        """;

    private static readonly CSharpParseOptions _options = new(LanguageVersion.Latest);
    private static readonly MetadataReference[] _references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static BlockResult Check(string text)
    {
        var fault = FaultOf(text);
        return fault is null || FaultOf($"public sealed class Block\n{{\n{text}}}\n") is null ? BlockResult.Passed : new BlockResult(fault);
    }

    private static string? FaultOf(string text)
    {
        var block = CSharpSyntaxTree.ParseText(text, _options);
        var root = (CompilationUnitSyntax)block.GetRoot();
        List<SyntaxTree> trees = [block, Parse(ImplicitUsings), Parse(Surroundings)];
        if (root.Usings.Count == 0)
        {
            trees.Add(Parse(Usings));
        }

        var isProgram = root.Members.OfType<GlobalStatementSyntax>().Any();
        var compilation = CSharpCompilation.Create(
            "Block", trees, _references,
            new CSharpCompilationOptions(
                isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));
        var errors = compilation.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error && found.Location.SourceTree == block).ToList();
        return errors.Count == 0 ? null : string.Join('\n', errors.Select(error => error.ToString()));
    }

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, _options);
}
