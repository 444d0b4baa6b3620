global using System.Globalization;
global using System.Text.RegularExpressions;
global using Cadenza.Client.Models;
global using Cadenza.Client.Tests.Support;
global using CadenzaPS.Tests.Support;
global using Xunit;
