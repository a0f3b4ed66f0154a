def record_name_list(**k):
    pass
def __getattr__(n):
    return lambda **k: None
