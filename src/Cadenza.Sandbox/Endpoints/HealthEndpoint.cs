using System;
using System.Collections.Generic;
using Cadenza.Sandbox.Dialects;
using Cadenza.Sandbox.Http;

namespace Cadenza.Sandbox.Endpoints;

/// <summary>health: the only page without an envelope.</summary>
internal sealed class HealthEndpoint(SandboxOptions options)
{
    public IEnumerable<Route> Routes => [new Route("GET", "health", Health, isPublic: true)];

    private ApiResponse Health(ApiCall call)
    {
        DateTimeOffset now = options.UtcNow();
        return Envelope.Bare(json =>
        {
            json.WriteStartObject();
            json.WriteString("status"u8, "healthy"u8);
            json.WriteNumber("timestamp"u8, now.ToUnixTimeMilliseconds());
            json.WriteString("isoDateTime"u8, Times.Iso(now));
            json.WriteString("version"u8, "3.0.1"u8);
            json.WriteEndObject();
        });
    }
}
