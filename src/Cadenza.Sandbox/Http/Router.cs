using System;
using System.Collections.Generic;

namespace Cadenza.Sandbox.Http;

/// <summary>Finds the route of a path. Paths are case-sensitive and have no trailing slash.</summary>
internal sealed class Router
{
    private readonly Dictionary<string, Route> _routes = new(StringComparer.Ordinal);

    public Router(params IEnumerable<Route>[] groups)
    {
        foreach (IEnumerable<Route> group in groups)
        {
            foreach (Route route in group)
            {
                _routes.Add(route.Path, route);
            }
        }
    }

    public bool IsPublic(string path) => _routes.TryGetValue(path, out Route? route) && route.IsPublic;

    /// <exception cref="ApiErrorException">There is no such page (404), or it needs another method (405).</exception>
    public Route Find(ApiCall call)
    {
        if (!_routes.TryGetValue(call.Path, out Route? route))
        {
            throw new ApiErrorException(ApiErrors.NoSuchPage);
        }

        return string.Equals(route.Method, call.Method, StringComparison.Ordinal)
            ? route
            : throw new ApiErrorException(ApiErrors.WrongMethod(route.Method));
    }
}
