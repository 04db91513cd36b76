namespace IsapiHost.Cli.CommandLine;

/// <summary>What <c>--help</c> says beside the list of options.</summary>
internal static class HelpText
{
    public const string Description = "Serves legacy ISAPI extensions and filters over HTTP, without IIS.";

    public const string AfterOptions = """
        Examples:
          isapihost ./hello.so
              Serves http://localhost:8080/hello.so and everything below it.
          isapihost --map "*.abc=./ext.dll" --root ./site --urls "http://*:80"
              Gives every URL that ends in .abc to ext.dll, on all addresses of this machine.
          isapihost --map "*=./app.dll" --log-requests
              Gives every URL to app.dll and writes a line for each request.
          isapihost inspect ./ext.dll
              Says what the file is and whether this host can serve it.
          isapihost test ./ext.dll tests/*.http --junit results.xml
              Sends the requests of .http files and compares the responses with the expected ones beside them.

          isapihost ./hello.so --filter ./rewriter.so --port 8081
              Lets a filter see, change or answer every request first; listens on port 8081.
          isapihost --filter ./rewriter.so --forward http://127.0.0.1:8081
              Puts a filter in front of a site that runs elsewhere.

        Settings:
          appsettings.json in the current folder and environment variables say the same; options win over
          environment variables, and these over the file.
            { "Isapi": { "Dlls": [ "./hello.so" ], "Maps": [ "*.abc=./ext.dll" ], "Root": "./site",
                         "Urls": "http://*:80", "LogRequests": true, "Threads": { "Limit": 256 } } }
            ISAPI__DLLS__0=./hello.so  ISAPI__MAPS__0=*.abc=./ext.dll  ISAPI__ROOT=./site
          Section Kestrel of the file sets certificates, protocols and limits of the web server.

        Exit codes:
          0  stopped by Ctrl+C or SIGTERM
          1  the server could not start, for example because an address is in use
          2  wrong options or settings; each fault is named
          3  a module could not be loaded; each such module is named with the reason
        """;
}
