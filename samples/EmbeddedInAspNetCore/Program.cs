// An application with its own endpoints, and a legacy extension beside them. Build the extension first:
//
//     eng/build-native.sh hello
//     dotnet run --project samples/EmbeddedInAspNetCore
//     curl http://localhost:5000/  http://localhost:5000/app/x?name=you  http://localhost:5000/any/page.abc
var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseIsapiTransport(); // optional: Kestrel's sockets serve extensions as well, less quickly
builder.Services.AddIsapi();

var app = builder.Build();
var hello = app.Configuration["Extension"] ?? Path.Combine(
    AppContext.BaseDirectory, "../../../native", OperatingSystem.IsWindows() ? "win-x64/hello.dll" : "linux-x64/hello.so");

app.MapGet("/", () => "The application's own page.\n");
app.MapGet("/app/own", () => "The application's own page among those of the extension: the more specific endpoint wins.\n");

app.MapIsapi("/app", hello);    // /app and everything below
app.MapIsapi("*.abc", hello);   // every URL whose file name ends in .abc

app.Run();
