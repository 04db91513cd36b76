// ISAPI filters in front of a site that runs elsewhere: the filters of this library, and YARP as the forwarder. Build the filters first:
//
//     eng/build-native.sh rewriter add-headers
//     dotnet run --project samples/FilterInFrontOfASite -- --Site http://localhost:8081
//     curl -i http://localhost:5000/old/page          the site is asked for /new/page
var builder = WebApplication.CreateBuilder(args);
var filters = Path.Combine(AppContext.BaseDirectory, "../../../native", OperatingSystem.IsWindows() ? "win-x64" : "linux-x64", "filters");
var ending = OperatingSystem.IsWindows() ? ".dll" : ".so";

builder.Services.AddIsapi();
builder.Services.AddIsapiFilter(Path.Combine(filters, "rewriter" + ending));
builder.Services.AddIsapiFilter(Path.Combine(filters, "add-headers" + ending));
builder.Services.AddHttpForwarder();

var app = builder.Build();
app.UseIsapiFilters();      // first: filters see every request before it is forwarded, and every response
app.MapForwarder("/{**path}", app.Configuration["Site"] ?? "http://localhost:8081");
app.Run();
