"""WeCom as it is documented: ids, error codes, tokens, models and one asynchronous client.

Nothing is imported here, so that `console.wecom.codes`, `.ids` and `.errors` stay free of httpx and pydantic.
"""
