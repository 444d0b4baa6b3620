<?xml version="1.0" encoding="utf-8"?>
<!-- Adds the address of its page to each command of the help, first of its links, where Get-Help -Online looks for it. -->
<xsl:stylesheet version="1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:maml="http://schemas.microsoft.com/maml/2004/10"
  xmlns:command="http://schemas.microsoft.com/maml/dev/command/2004/10">
  <xsl:output method="xml" encoding="utf-8" />
  <xsl:param name="HelpBaseUri" />

  <xsl:template match="@* | node()">
    <xsl:copy><xsl:apply-templates select="@* | node()" /></xsl:copy>
  </xsl:template>

  <xsl:template match="command:relatedLinks">
    <xsl:copy>
      <maml:navigationLink>
        <maml:linkText>Online Version</maml:linkText>
        <maml:uri><xsl:value-of select="concat($HelpBaseUri, '/', ../command:details/command:name, '.md')" /></maml:uri>
      </maml:navigationLink>
      <xsl:apply-templates select="@* | node()" />
    </xsl:copy>
  </xsl:template>
</xsl:stylesheet>
