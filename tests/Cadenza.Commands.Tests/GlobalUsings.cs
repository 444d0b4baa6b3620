global using Cadenza.Commands.Changes;
global using Cadenza.Commands.Connections;
global using Cadenza.Commands.Journal;
global using Cadenza.Commands.Tests.Support;
