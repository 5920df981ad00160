# Hierarchical Reasoning Model (arXiv 2506.21734): a fast network L improves z_L, a slow one H improves z_H.
class Recursion(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  H_cycles : int
  L_cycles : int
  mlp_t : bool
  heads : int
  eps : float

  def f(self: __torch__.Recursion, level: List[Tensor], x: Tensor, rope: List[Tensor]) -> Tensor:
    return __torch__.layers.level(level, x, rope, self.mlp_t, self.heads, self.eps)

  # One improvement step: carry [z_H, z_L] and input e, each B x S x D.
  def step(self: __torch__.Recursion, levels: List[List[Tensor]], carry: List[Tensor], e: Tensor, rope: List[Tensor]) -> List[Tensor]:
    L, H = levels[0], levels[1]
    z_H, z_L = carry[0], carry[1]
    for h in range(self.H_cycles):
      for l in range(self.L_cycles):
        z_L = self.f(L, torch.add(z_L, torch.add(z_H, e)), rope)
      z_H = self.f(H, torch.add(z_H, z_L), rope)
    return [z_H, z_L]
