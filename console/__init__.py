"""wecom-console: a terminal console for a company's WeCom (企业微信) customers."""

__version__ = "0.1.0"
