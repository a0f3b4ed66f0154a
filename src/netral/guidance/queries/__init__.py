"""What the pages see of ``netral.law``. No models, no actor: the law is everybody's."""
