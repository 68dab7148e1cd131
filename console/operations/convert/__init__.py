"""Convert the unionid of a mini program user: what it means to this app, remembered, and asked of WeCom once."""
